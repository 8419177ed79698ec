// The programs that the graphics card runs: lines with soft borders, nodes by shape.

const EYE = `#version 300 es
precision highp float;
uniform vec2 middle;
uniform vec2 window;
uniform float scale;
uniform float grow;
uniform float ratio;
vec2 onScreen(vec2 at) { return (at - middle) * scale * ratio; }
vec4 placed(vec2 px) { return vec4(px.x / window.x * 2., -px.y / window.y * 2., 0., 1.); }
`;

export const NODE_VERTEX = `${EYE}
in vec4 place;
in vec4 paint;
in vec4 form;
out vec4 colour;
out float radius;
out float reach;
flat out int shape;
flat out int style;
void main() {
  radius = clamp(place.z * grow, 2.2, 72.) * ratio / 2.;
  shape = int(form.x);
  style = int(form.y);
  reach = radius * (shape == 0 ? 1. : 1.25)
    + (style > 0 ? 4.5 : radius > 3. * ratio ? 1.8 : .6) * ratio;
  colour = paint;
  gl_Position = placed(onScreen(place.xy));
  gl_PointSize = reach * 2.;
}`;

export const NODE_FRAGMENT = `#version 300 es
precision highp float;
uniform vec4 ground;
uniform vec4 ink;
uniform float ratio;
in vec4 colour;
in float radius;
in float reach;
flat in int shape;
flat in int style;
out vec4 seen;
float outside(vec2 p, float r) {
  if (shape == 1) {
    p.y = -p.y + r * .15;
    p.x = abs(p.x);
    return max(dot(p, vec2(.866, .5)), -p.y) - r * .62;
  }
  if (shape == 2) return max(abs(p.x), abs(p.y)) - r * .84;
  if (shape == 3) { p = abs(p); return max(dot(p, vec2(.5, .866)), p.x) - r * .92; }
  if (shape == 4) return (abs(p.x) + abs(p.y)) * .7071 - r * .8;
  return length(p) - r;
}
void main() {
  vec2 p = (gl_PointCoord * 2. - 1.) * reach;
  float d = outside(p, radius);
  bool chosen = style >= 4;
  int own = chosen ? style - 4 : style;
  float body = clamp(.5 - d, 0., 1.);
  if (own == 2 && radius > 2.5 * ratio) {
    float rim = clamp(1.1 * ratio - abs(d + 1.1 * ratio) + .5, 0., 1.);
    float gap = radius > 4. * ratio ? step(.3, fract((p.x + p.y * .6) / (4. * ratio))) : 1.;
    vec4 inner = ground * clamp(.5 - d - ratio, 0., 1.) * .85 * colour.a;
    seen = inner * (1. - rim * gap) + vec4(colour.rgb, 1.) * colour.a * rim * gap;
  } else {
    seen = vec4(colour.rgb, 1.) * colour.a * body;
    if (radius > 3. * ratio) {
      float halo = clamp(.5 - d + ratio, 0., 1.) * (1. - body);
      seen += ground * halo * .8 * colour.a;
    }
  }
  if (own == 1 && radius > 4. * ratio) {
    float ring = clamp(.8 * ratio - abs(d - 2.4 * ratio) + .5, 0., 1.) * colour.a;
    seen = seen * (1. - ring) + vec4(colour.rgb, 1.) * ring;
  }
  if (chosen) {
    float ring = clamp(1.2 * ratio - abs(d - 2.6 * ratio) + .5, 0., 1.);
    seen = seen * (1. - ring) + vec4(ink.rgb, 1.) * ring;
  }
  if (seen.a < .004) discard;
}`;

export const EDGE_VERTEX = `${EYE}
in vec4 ends;
in vec4 paint;
in vec4 form;
out vec4 colour;
out float aside;
out float along;
out float broad;
flat out int dash;
void main() {
  vec2 a = onScreen(ends.xy);
  vec2 b = onScreen(ends.zw);
  float size = max(length(b - a), .001);
  vec2 way = (b - a) / size;
  float end = float(gl_VertexID >> 1);
  float side = float(gl_VertexID & 1) * 2. - 1.;
  float half_ = form.x * .05 * ratio;
  float out_ = half_ + .8;
  vec2 px = mix(a, b, end) + vec2(-way.y, way.x) * side * out_;
  colour = paint;
  aside = side * out_;
  along = end * size;
  broad = half_ * (1. - form.z * .6 * end);
  dash = int(form.y);
  gl_Position = placed(px);
}`;

export const EDGE_FRAGMENT = `#version 300 es
precision highp float;
uniform float ratio;
in vec4 colour;
in float aside;
in float along;
in float broad;
flat in int dash;
out vec4 seen;
void main() {
  float cover = clamp(broad - abs(aside) + .5, 0., 1.) * min(1., broad * 2.);
  if (dash == 1) cover *= step(fract(along / (11. * ratio)), .62);
  if (dash == 2) cover *= step(fract(along / (6. * ratio)), .4);
  if (cover < .01) discard;
  seen = vec4(colour.rgb, 1.) * colour.a * cover;
}`;

/** The land: a picture over a square of the layout, `box` its corner and its side. */
export const LAND_VERTEX = `${EYE}
uniform vec3 box;
out vec2 at;
void main() {
  at = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
  gl_Position = placed(onScreen(box.xy + at * box.z));
}`;

export const LAND_FRAGMENT = `#version 300 es
precision mediump float;
uniform sampler2D picture;
in vec2 at;
out vec4 seen;
void main() { seen = texture(picture, at); }`;

/** Where there are very many nodes: small discs, triangles and squares, without borders. */
export const DOT_VERTEX = `${EYE}
in vec4 place;
in vec4 paint;
in vec4 form;
out vec4 colour;
flat out vec3 edges;
void main() {
  float size = clamp(place.z * grow, 2.2, 72.) * ratio;
  gl_Position = placed(onScreen(place.xy));
  gl_PointSize = size + 1.;
  float side = form.x == 1. ? 1. : 0.;
  float round_ = form.x == 0. ? 1. : 0.;
  edges = vec3(side, round_, size / 2. + .5);
  colour = paint;
}`;

export const DOT_FRAGMENT = `#version 300 es
precision highp float;
in vec4 colour;
flat in vec3 edges;
out vec4 seen;
void main() {
  vec2 p = gl_PointCoord * 2. - 1.;
  vec2 q = abs(p);
  float square = max(q.x, q.y);
  float slope = q.x + (1. - p.y) * .5 - .15;
  float d = mix(mix(square, max(slope, square), edges.x), dot(p, p), edges.y);
  seen = vec4(colour.rgb, 1.) * colour.a * clamp((1. - d) * edges.z, 0., 1.);
}`;

/** Where there are very many edges: a line of one px each, without borders and dashes. */
export const LINE_VERTEX = `${EYE}
in vec4 ends;
in vec4 paint;
flat out vec4 colour;
void main() {
  gl_Position = placed(onScreen(ends.xy));
  colour = vec4(paint.rgb * paint.a, paint.a);
}`;

export const LINE_FRAGMENT = `#version 300 es
precision mediump float;
flat in vec4 colour;
out vec4 seen;
void main() { seen = colour; }`;
