// Reads a line of JSON per graph (its chunks in base64), prints what the explorer reads in it.
import { createInterface } from "node:readline";
import { bytesOf, columnsOf, graphOf } from "../../pipeline/viewer/decoding.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { look, names, texts, texted } = JSON.parse(line);
  const graph = graphOf(await columnsOf(bytesOf(look)));
  const [named, told] = [await columnsOf(bytesOf(names)), await columnsOf(bytesOf(texts))];
  const column = (from, name, count) => Array.from({ length: count }, (_, i) => from.text(name, i));
  const sources = told.numbers("edge_sources");
  process.stdout.write(`${JSON.stringify({
    from: [...graph.from], to: [...graph.to], edgeKind: [...graph.edgeKind],
    position: [...graph.position], kind: [...graph.kind], year: [...graph.year],
    community: [...graph.community], flags: [...graph.flags], x: [...graph.x], y: [...graph.y],
    label: column(named, "label", graph.n), id: column(named, "id", graph.n),
    texts: Object.fromEntries(texted.map((name) => [name, column(told, name, graph.n)])),
    sentence: column(told, "sentence", graph.m),
    sources: [...sources].map((i) => told.meta.sources[i]),
    links: Array.from({ length: graph.n }, (_, i) =>
      [...graph.links.subarray(graph.first[i], graph.first[i + 1])]),
  })}\n`);
}
