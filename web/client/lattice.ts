import "./explorables/lattice/main.ts";
