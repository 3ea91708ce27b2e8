export function parseArgs(){return {}}
