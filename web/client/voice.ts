import "./explorables/voice/main.ts";
