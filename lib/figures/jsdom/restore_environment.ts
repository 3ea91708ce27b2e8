import process from "node:process";
import { environment } from "./hide_environment.ts";

process.env = environment;
