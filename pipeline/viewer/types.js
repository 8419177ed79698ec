// The shapes of data that pass between the modules. Nothing here runs.

/**
 * @typedef {Object} Graph
 * Nodes and edges are numbers from 0, in the order of the tables; places are in units of the
 * layout, y downwards. `links` holds the edges at each node, from `first[node]` on.
 * @property {number} n
 * @property {number} m
 * @property {Float32Array} x
 * @property {Float32Array} y
 * @property {Float32Array} size
 * @property {Uint8Array} kind
 * @property {Uint8Array} flags
 * @property {Uint8Array} rank
 * @property {{title: string, key: [number, string][], of: Uint8Array}|null} own   colours given
 * @property {Uint16Array} year
 * @property {Uint16Array} day   when a paper was last read, in days since 1970; 0 is not known
 * @property {Uint32Array} community
 * @property {[number, number][]} hues   communities and the hues they would have, eldest first
 * @property {Uint32Array} from
 * @property {Uint32Array} to
 * @property {Uint8Array} edgeKind
 * @property {Uint8Array} weight
 * @property {Uint16Array|Uint32Array} position
 * @property {Uint32Array} first
 * @property {Uint32Array} links
 * @property {number} tables   how many nodes are of the tables; beyond are whole communities
 * @property {Columns|null} names
 * @property {Columns|null} texts
 * @property {string[]} called   names of the communities that stand for their members
 *
 * @typedef {Object} Columns
 * @property {(name: string) => any} numbers
 * @property {(name: string, row: number) => string} text
 * @property {(name: string) => string} whole
 * @property {Record<string, any>} meta
 *
 * @typedef {{node: number, not: boolean}} Chip
 * What papers must touch, or must not; below 0 a region of the map: -1 is the first, -2 the next.
 *
 * @typedef {Object} Filters
 * @property {Chip[]} chips
 * @property {boolean} any   whether one of the chips is enough
 * @property {[number, number]|null} years
 * @property {[number, number]|null} days   of reading, since 1970
 * @property {[number, number]|null} cites   how often a paper is cited here, the end left out
 * @property {"all"|"read"|"cited"} who
 * @property {number} degree
 * @property {number} steps
 *
 * @typedef {Object} Camera
 * The place of the layout in the middle of the picture, and px for each unit.
 * @property {number} x
 * @property {number} y
 * @property {number} scale
 *
 * @typedef {Object} State
 * @property {string} language
 * @property {number|null} selected
 * @property {number|null} region   the country of the map that is read about
 * @property {number|null} hovered
 * @property {number[]} visited
 * @property {number} at   where in `visited` the reader is
 * @property {string} query
 * @property {number[]|null} lit   what a search found, the best first
 * @property {string[]} off   kinds of node and of edge that are switched off
 * @property {string} colour
 * @property {string} size
 * @property {number|null} tag   the tag that the colouring by tag shows
 * @property {Filters} filters
 * @property {boolean} seeking   whether the next node that is chosen is the goal of a path
 * @property {number|null} goal   with `selected`, the ends of a shortest path
 * @property {number|null} similar   the paper whose similar papers are shown
 * @property {string} projection   `map`, or `time`
 * @property {number} wide   how many times as wide as high the map by time is
 * @property {string} lens
 * @property {boolean} all   whether all edges are drawn
 * @property {number[]} opened   communities that are shown by their members
 * @property {number[]} unfolded   papers whose own authors are shown
 * @property {number[]} chosen   nodes that were chosen together
 * @property {string} sheet   how high the sheet of a phone stands: `low`, `half` or `high`
 * @property {string[]|null} columns   of the table, where the reader chose them
 * @property {{by: string, down: boolean}} sort   of the table; by importance, if by nothing
 * @property {Partial<State>[]} past   what can be undone, the last last
 * @property {Partial<State>[]} future   what can be done again, the next first
 * @property {string} latest   what was done last, so that one long gesture is undone at once
 * @property {string} tab
 * @property {boolean} table
 * @property {number|null} tour   the stop of the tour, if one is made
 * @property {Camera} camera
 *
 * @typedef {{do: string, [name: string]: any}} Action
 *
 * @typedef {Object} Look
 * How a node is drawn. `style` is 0 filled, 1 ringed, 2 hollow and dashed.
 * @property {number} colour   0xrrggbb
 * @property {number} alpha
 * @property {number} size
 * @property {number} style
 *
 * @typedef {Object} Theme
 * @property {boolean} dark
 * @property {string} ground
 * @property {string} ink
 * @property {string} quiet
 * @property {string} font
 *
 * @typedef {Object} Scene
 * All that is drawn, in the order of drawing; a node has 4 numbers in `places` (x, y, size, 0)
 * and 8 bytes in `paints` (r, g, b, a, shape, style, 0, 0), an edge 4 numbers (from, to) and
 * 8 bytes (width in tenths of px, dash, taper, 0, r, g, b, a).
 * @property {number} nodes
 * @property {number} edges
 * @property {Float32Array} places
 * @property {Uint8Array} paints
 * @property {Float32Array} ends
 * @property {Uint8Array} lines
 * @property {((dark: boolean) => Land)|null} land   what lies under all
 *
 * @typedef {Object} Land
 * A square picture of the layout, its corner and its side in units.
 * @property {ImageData} pixels
 * @property {number} left
 * @property {number} top
 * @property {number} side
 *
 * @typedef {Object} Frame
 * What part of the layout is drawn on how many px; `ratio` is device px for each.
 * @property {Camera} camera
 * @property {number} width
 * @property {number} height
 * @property {number} ratio
 * @property {number} spare   how many times larger than the window it is
 * @property {number} aside   how many px of its right are covered
 * @property {import("./labels.js").Box[]} buttons   on which no label lies
 * @property {number} grow   px of a node for each unit of its size
 * @property {boolean} edges   whether edges are drawn too
 * @property {boolean} fine   whether nodes and edges have borders, rings and dashes
 *
 * @typedef {Object} Painter
 * @property {string} name
 * @property {(scene: Scene) => void} load
 * @property {(frame: Frame, before: () => void) => Promise<void>} draw   `before` is called when
 *   the picture is about to be on the canvas
 * @property {() => void} close
 *
 * @typedef {Object} Label
 * @property {number} node   -1 for the name of a region
 * @property {string} text
 * @property {number} x
 * @property {number} y
 * @property {number} px
 * @property {boolean} strong
 * @property {number} width
 * @property {string} [rank]   of a region
 * @property {number} [region]   the country that the name leads to
 *
 * @typedef {{nodes: number[], total: number, inText: Set<number>, all: number[]}} Found
 *
 * @typedef {Object} App
 * What the parts of the page share.
 * @property {Graph} graph
 * @property {() => State} state
 * @property {(action: Action) => void} act
 * @property {(key: string, ...filled: (string|number)[]) => string} say
 * @property {(name: string) => string} own   a name of an element as no other explorer has it
 * @property {boolean} linked   whether the address of the page leads back to what is shown
 * @property {(node: number, quietly?: boolean) => void} go   selects a node, brings it into sight
 *   and reads on there, with the keyboard unless `quietly`
 * @property {(nodes?: Iterable<number>) => void} fly   brings nodes, or all, into sight
 * @property {(by: string) => void} project   lays the graph as a map, or by time
 * @property {() => import("./scene.js").Staged} staged
 * @property {(ratio: number) => Promise<any>} picture
 * @property {() => Promise<void>} texts   when the second chunk is there
 * @property {(query: string, most: number) => Found} find
 *
 * @typedef {Object} Part
 * A part of the page: its element, and what brings it up to the state.
 * @property {HTMLElement} element
 * @property {(state: State, before: State|null) => void} update
 */

export {};
