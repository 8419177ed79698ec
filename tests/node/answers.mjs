// Reads a line of JSON per graph (chunks in base64, and questions), prints the page's answers.
import { createInterface } from "node:readline";
import { missingPapers, pathBetween, similarTo } from "../../pipeline/viewer/answering.js";
import { bytesOf, columnsOf, graphOf } from "../../pipeline/viewer/decoding.js";
import { bibtex, csv, gexf, graphml, selectionOf } from "../../pipeline/viewer/files.js";
import { matchedOf, reasonOf } from "../../pipeline/viewer/reasons.js";
import { speaking } from "../../pipeline/viewer/words.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { why } = JSON.parse(line);
  if (why) {
    process.stdout.write(`${JSON.stringify({ why: matchedOf(why, "ko") })}\n`);
    continue;
  }
  const { look, names, texts, papers, ends, most, chosen, part, near } = JSON.parse(line);
  const graph = graphOf(await columnsOf(bytesOf(look)));
  graph.names = await columnsOf(bytesOf(names));
  graph.texts = await columnsOf(bytesOf(texts));
  const selection = { nodes: chosen, edges: [] };
  process.stdout.write(`${JSON.stringify({
    similar: papers.map((paper) => similarTo(graph, paper, most)
      .map((each) => ({ ...each, reason: reasonOf(graph, speaking("en"), each) }))),
    missing: missingPapers(graph, most),
    bibtex: bibtex(graph, selection),
    papers: csv(graph, selection),
    graphml: graphml(graph, selectionOf(graph, part)),
    gexf: gexf(graph, selectionOf(graph, part)),
    near: { graphml: graphml(graph, selectionOf(graph, near)),
      gexf: gexf(graph, selectionOf(graph, near)) },
    paths: ends.map(([start, goal]) => pathBetween(graph, start, goal)),
  })}\n`);
}
