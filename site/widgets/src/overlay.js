// What is written over the part: the arrow of the size in use, and numbered marks where something does not print.
import { german } from "./phrases.js";

const INK = "#0b57a4", ALARM = "#b3261e", HALO = "#ffffff", FONT = "bold 15px Andika, 'Atkinson Hyperlegible', sans-serif";
const AWAY_MM = 5, HEAD_PX = 9;
const ENDS = {
  left: [0, 0], right: [0, 1], front: [1, 0], back: [1, 1], floor: [2, 0], bed: [2, 0], base: [2, 0], ceiling: [2, 1], roof: [2, 1],
  lid: [2, 1],
};
// "top" and "bottom" are the y axis on a flat tag and the z axis on a box: the side that has the slider's value is meant.
const EITHER = new Set(["top", "bottom"]);

export function drawArrow(context, stage, dimension) {
  const span = spanOf(stage, dimension);
  if (!span) return;
  const [start, end] = [stage.project(span.from), stage.project(span.to)];
  context.save();
  for (const [color, width] of [[HALO, 6], [INK, 2.5]]) {
    context.strokeStyle = context.fillStyle = color;
    context.lineWidth = width;
    line(context, start, end);
    for (const [at, corner] of [[start, span.corners[0]], [end, span.corners[1]]]) {
      context.setLineDash([3, 3]);
      if (width < 6) line(context, at, stage.project(corner));
      context.setLineDash([]);
    }
    if (width < 6) { head(context, start, end); head(context, end, start); }
  }
  label(context, `${dimension.label} ${german(dimension.value)} ${dimension.unit || ""}`.trim(), middle(start, end));
  context.restore();
}

export function drawMarks(context, stage, findings) {
  context.save();
  context.font = FONT;
  context.textAlign = "center";
  context.textBaseline = "middle";
  findings.forEach((finding, index) => {
    if (!finding.place_mm) return;
    const [x, y] = stage.project(finding.place_mm);
    context.beginPath();
    context.arc(x, y, 13, 0, 2 * Math.PI);
    context.fillStyle = HALO;
    context.strokeStyle = ALARM;
    context.lineWidth = 3;
    context.fill();
    context.stroke();
    context.fillStyle = ALARM;
    context.fillText(String(index + 1), x, y + 1);
  });
  context.restore();
}

export function spanOf(stage, dimension) {
  const axis = axisOf(stage, dimension);
  if (axis === null) return null;
  const { low, high } = stage;
  const span = {
    0: [[low[0], low[1], 0], [high[0], low[1], 0], [0, -AWAY_MM, 0]],
    1: [[high[0], low[1], 0], [high[0], high[1], 0], [AWAY_MM, 0, 0]],
    2: [[high[0], low[1], low[2]], [high[0], low[1], high[2]], [AWAY_MM, -AWAY_MM, 0]],
  }[axis];
  const moved = (point) => point.map((value, index) => value + span[2][index]);
  return { from: moved(span[0]), to: moved(span[1]), corners: [span[0], span[1]] };
}

function axisOf(stage, { from, to, value }) {
  if (EITHER.has(from) || EITHER.has(to)) {
    const miss = (axis) => Math.abs(stage.high[axis] - stage.low[axis] - value);
    return miss(2) < miss(1) ? 2 : 1;
  }
  const [start, end] = [ENDS[from], ENDS[to]];
  return start && end && start[0] === end[0] ? start[0] : null;
}

function line(context, [x1, y1], [x2, y2]) {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}

function head(context, [x, y], [fromX, fromY]) {
  const angle = Math.atan2(y - fromY, x - fromX);
  context.beginPath();
  context.moveTo(x, y);
  for (const turn of [0.42, -0.42]) context.lineTo(x - HEAD_PX * Math.cos(angle + turn), y - HEAD_PX * Math.sin(angle + turn));
  context.fill();
}

function middle([x1, y1], [x2, y2]) {
  return [(x1 + x2) / 2, (y1 + y2) / 2];
}

function label(context, text, [x, y]) {
  context.font = FONT;
  context.textAlign = "center";
  context.textBaseline = "middle";
  const half = context.measureText(text).width / 2 + 6;
  const room = context.canvas.width / context.getTransform().a;
  const at = Math.min(Math.max(x, half), room - half);
  context.fillStyle = HALO;
  context.beginPath();
  context.roundRect(at - half, y - 12, 2 * half, 24, 6);
  context.fill();
  context.fillStyle = INK;
  context.fillText(text, at, y + 1);
}
