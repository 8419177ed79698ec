// Reads a graph in one line of JSON (chunks in base64, and queries), prints what the page finds.
import { createInterface } from "node:readline";
import { bytesOf, columnsOf, graphOf } from "../../pipeline/viewer/decoding.js";
import { finderOf } from "../../pipeline/viewer/searching.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { look, names, texts, queries } = JSON.parse(line);
  const graph = graphOf(await columnsOf(bytesOf(look)));
  graph.names = await columnsOf(bytesOf(names));
  graph.texts = await columnsOf(bytesOf(texts));
  const finder = finderOf(graph);
  process.stdout.write(`${JSON.stringify(queries.map((query) => finder.find(query, 500).nodes))}\n`);
}
