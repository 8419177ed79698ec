// Prints what graphology or Cytoscape reads in the graph file that is named, as JSON.
import { readFileSync } from "node:fs";
import cytoscape from "cytoscape";
import Graph from "graphology";
import gexf from "graphology-gexf";
import graphml from "graphology-graphml";

const [path] = process.argv.slice(2);
const text = readFileSync(path, "utf8");
const byGraphology = ({ parse }) => parse(Graph, text).export();
const byCytoscape = () => cytoscape({ headless: true, layout: { name: "preset" }, ...JSON.parse(text) }).json();
const readers = {
  gexf: () => byGraphology(gexf),
  graphml: () => byGraphology(graphml),
  cyjs: byCytoscape,
};
process.stdout.write(JSON.stringify(readers[path.split(".").at(-1)]()));
