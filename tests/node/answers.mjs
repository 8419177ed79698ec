// Reads a line of JSON per graph (chunks in base64, and questions), prints the page's answers.
import { createInterface } from "node:readline";
import { missingPapers, pathBetween, similarTo } from "../../pipeline/viewer/answering.js";
import { bytesOf, columnsOf, graphOf } from "../../pipeline/viewer/decoding.js";
import { bibtex, csv } from "../../pipeline/viewer/files.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { look, names, texts, papers, ends, most, chosen } = JSON.parse(line);
  const graph = graphOf(await columnsOf(bytesOf(look)));
  graph.names = await columnsOf(bytesOf(names));
  graph.texts = await columnsOf(bytesOf(texts));
  const selection = { nodes: chosen, edges: [] };
  process.stdout.write(`${JSON.stringify({
    similar: papers.map((paper) => similarTo(graph, paper, most)),
    missing: missingPapers(graph, most),
    bibtex: bibtex(graph, selection),
    csv: csv(graph, selection),
    paths: ends.map(([start, goal]) => pathBetween(graph, start, goal)),
  })}\n`);
}
