// Reads a line of JSON per graph (chunks in base64, and questions), prints the page's answers.
import { createInterface } from "node:readline";
import { missingPapers, pathBetween, similarTo } from "../../pipeline/viewer/answering.js";
import { bytesOf, columnsOf, graphOf } from "../../pipeline/viewer/decoding.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { look, names, papers, ends, most } = JSON.parse(line);
  const graph = graphOf(await columnsOf(bytesOf(look)));
  graph.names = await columnsOf(bytesOf(names));
  process.stdout.write(`${JSON.stringify({
    similar: papers.map((paper) => similarTo(graph, paper, most)),
    missing: missingPapers(graph, most),
    paths: ends.map(([start, goal]) => pathBetween(graph, start, goal)),
  })}\n`);
}
