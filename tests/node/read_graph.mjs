// Prints what graphology reads in the graph file that is named, as JSON.
import { readFileSync } from "node:fs";
import Graph from "graphology";
import gexf from "graphology-gexf";
import graphml from "graphology-graphml";

const [path] = process.argv.slice(2);
const { parse } = path.endsWith(".gexf") ? gexf : graphml;
const graph = parse(Graph, readFileSync(path, "utf8"));
process.stdout.write(JSON.stringify(graph.export()));
