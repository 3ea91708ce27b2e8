import "./explorables/training/main.ts";
