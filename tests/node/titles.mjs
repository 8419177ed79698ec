// Reads titles as a line of JSON, prints how the page shows each, and the signs that it knows.
import { createInterface } from "node:readline";
import { plain, SIGNS } from "../../pipeline/viewer/folding.js";

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify({ titles: JSON.parse(line).map(plain), signs: SIGNS })}\n`);
}
