// Reads a graph in one line of JSON (its chunks in base64), prints where the explorer has it lie.
import { createInterface } from "node:readline";
import { bytesOf, columnsOf, graphOf } from "../../pipeline/viewer/decoding.js";
import { grouped } from "../../pipeline/viewer/grouping.js";
import { ticksOf, viewOf } from "../../pipeline/viewer/projecting.js";
import { terrainOf } from "../../pipeline/viewer/terrain.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { look, names, wide, many } = JSON.parse(line);
  const graph = graphOf(await columnsOf(bytesOf(look)));
  const lay = { projection: "time", wide };
  // An address may ask for the map by time before the names are there.
  viewOf(graph, lay);
  graph.names = await columnsOf(bytesOf(names));
  const { cells, left, top, cell, density } = terrainOf(graph);
  const densityAt = (i) => {
    const [row, column] = [Math.floor((graph.y[i] - top) / cell), Math.floor((graph.x[i] - left) / cell)];
    return row >= 0 && column >= 0 && row < cells && column < cells ? density[row * cells + column] : 0;
  };
  const view = viewOf(grouped(graph, many), lay);
  process.stdout.write(`${JSON.stringify({
    density: Array.from({ length: graph.n }, (_, i) => densityAt(i)),
    time: Array.from({ length: view.n }, (_, i) => [view.x[i], view.y[i]]),
    alone: [...viewOf(graph, lay).x],
    ticks: ticksOf(view).map(({ year, x, older }) => [year, x, older]),
  })}\n`);
}
