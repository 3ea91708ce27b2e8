// The recurrence of forward–backward, up to four states at a time; the plain twin has the formulas.
//
// Arcs are first sorted into slots: slot n holds the n-th arc of every state, with weight -Infinity
// where a state has fewer. In most topologies a slot leads from every state to the one so many
// places off (CTC: 0, -1, -2), and then the scores of two neighbours are one load.

import { exp, expPairs } from "./exp";
import { log, logPairs, onePlusExps } from "./log";
import { PAIRS } from "./vectors";

/** Empty places before and after a row of scores, so that a slot may look past its ends. */
const MARGIN: i32 = 64;

/** Bytes of scratch that {@link pathScores} needs for slots of at most `slots` arcs per state. */
export function pathScratch(S: f64, slots: f64): f64 {
  const S4 = 4 * ceil(S / 4);
  return 5 * S4 * 8 + 4 * MARGIN + max(slots, 3) * (S4 * 12 + 4 + 16) + 64;
}

/** The shift of a slot whose arcs lead by different numbers of places. */
const GATHER: i32 = i32.MAX_VALUE;

/** With `resumed`, the first row of scores is there already, and the others follow from it. */
export function pathScores(
  scores: usize,
  emission: usize,
  boundary: usize,
  start: usize,
  other: usize,
  weight: usize,
  T: i32,
  S: i32,
  slots: i32,
  backward: bool,
  resumed: bool,
  scratch: usize,
): void {
  const S4 = (S + 3) & ~3, Sb = S << 3, rowBytes = S4 << 3;
  slots = max(slots, 3);
  // Two rows of scores with margins, then per slot: weights [S4], places [S4], shift; then rests.
  let before = scratch + MARGIN, now = before + rowBytes + 2 * MARGIN;
  const weights = now + rowBytes + MARGIN, rests = weights + slots * rowBytes;
  const places = rests + (slots << 4), shifts = places + slots * (S4 << 2);
  const mosts = shifts + (slots << 2) + 15 & ~15, lows = mosts + rowBytes, middles = lows + rowBytes;
  for (let at = scratch; at < weights; at += 8) store<f64>(at, -Infinity);
  fillSlots(weights, places, shifts, start, other, weight, S, S4, slots);
  const straight = slots === 3 && load<i32>(shifts) !== GATHER &&
    load<i32>(shifts, 4) !== GATHER && load<i32>(shifts, 8) !== GATHER;

  const step = backward ? -Sb : Sb;
  const first = backward ? (T - 1) * Sb : 0;
  let out = scores + first, emitted = emission + first;
  for (let s = 0; s < S; s++) {
    if (!resumed) {
      store<f64>(
        out + (s << 3),
        load<f64>(emitted + (s << 3)) + load<f64>(boundary + (s << 3)),
      );
    }
    store<f64>(now + (s << 3), load<f64>(out + (s << 3)));
  }
  for (let t = 1; t < T; t++) {
    const swap = before;
    before = now;
    now = swap;
    out += step;
    emitted += step;
    if (straight) {
      const from0 = before + load<i32>(shifts), from1 = before + load<i32>(shifts, 4);
      const from2 = before + load<i32>(shifts, 8);
      const weights1 = weights + rowBytes, weights2 = weights1 + rowBytes;
      // In three passes, as the processor waits for the chains in them and not for their number: a
      // pass is short enough that it has some pairs on their way at once.
      for (let at = 0; at < rowBytes; at += 16) {
        const a = f64x2.add(v128.load(from0 + at), v128.load(weights + at));
        const b = f64x2.add(v128.load(from1 + at), v128.load(weights1 + at));
        const c = f64x2.add(v128.load(from2 + at), v128.load(weights2 + at));
        const high = f64x2.pmax(a, b), low = f64x2.pmin(a, b);
        const most = f64x2.pmax(high, c), middle = f64x2.pmin(high, c);
        const shift = floor(most);
        v128.store(mosts + at, most);
        v128.store(lows + at, f64x2.sub(low, shift));
        v128.store(middles + at, f64x2.sub(middle, shift));
      }
      for (let at = 0; at < rowBytes; at += 32) onePlusExps(lows + at, middles + at);
      for (let at = 0; at < rowBytes; at += 32) {
        logPairs(PAIRS, v128.load(lows + at), v128.load(lows + at, 16), f64x2.splat(0));
        const atA = at, atB = at + 16;
        finish(out, now, emitted, atA, Sb, f64x2.add(v128.load(mosts + atA), v128.load(PAIRS)));
        finish(out, now, emitted, atB, Sb, f64x2.add(v128.load(mosts + atB), v128.load(PAIRS, 16)));
      }
    } else {
      for (let s = 0; s < S4; s += 2) {
        const at = s << 3;
        let most = f64x2.splat(-Infinity);
        for (let n = 0; n < slots; n++) {
          const place = places + (n * S4 + s << 2);
          let term = v128.load_splat<f64>(before + load<i32>(place));
          term = v128.load_lane<f64>(before + load<i32>(place, 4), term, 1);
          term = f64x2.add(term, v128.load(weights + n * rowBytes + at));
          v128.store(rests + (n << 4), f64x2.pmin(most, term));
          most = f64x2.pmax(most, term);
        }
        const shift = floor(most);
        let sum = f64x2.splat(1);
        for (let n = 1; n < slots; n++) {
          sum = f64x2.add(sum, exp(f64x2.sub(v128.load(rests + (n << 4)), shift)));
        }
        finish(out, now, emitted, at, Sb, f64x2.add(most, log(sum)));
      }
    }
  }
}

/** The value itself, but finite where it is -Infinity, so that -Infinity less it is -Infinity. */
// @ts-ignore: decorator
@inline
function floor(x: v128): v128 {
  return f64x2.pmax(x, f64x2.splat(-1.7976931348623157e308));
}

/** Adds the emission of the two states at byte `at`, of which one or both may not exist. */
// @ts-ignore: decorator
@inline
function finish(out: usize, now: usize, emitted: usize, at: i32, Sb: i32, sum: v128): void {
  if (at + 8 < Sb) {
    const score = f64x2.add(sum, v128.load(emitted + at));
    v128.store(out + at, score);
    v128.store(now + at, score);
  } else if (at < Sb) {
    const score = f64x2.extract_lane(sum, 0) + load<f64>(emitted + at);
    store<f64>(out + at, score);
    store<f64>(now + at, score);
  }
}

function fillSlots(
  weights: usize,
  places: usize,
  shifts: usize,
  start: usize,
  other: usize,
  weight: usize,
  S: i32,
  S4: i32,
  slots: i32,
): void {
  for (let n = 0; n < slots; n++) {
    const w = weights + (n * S4 << 3), place = places + (n * S4 << 2);
    let shift = 0, known = false;
    for (let s = 0; s < S4; s++) {
      store<f64>(w + (s << 3), -Infinity);
      store<i32>(place + (s << 2), 0);
      if (s >= S) continue;
      const arc = load<i32>(start + (s << 2)) + n;
      if (arc >= load<i32>(start + (s << 2), 4)) continue;
      const from = load<i32>(other + (arc << 2));
      store<f64>(w + (s << 3), load<f64>(weight + (arc << 3)));
      store<i32>(place + (s << 2), from << 3);
      if (!known) shift = from - s;
      else if (shift !== from - s) shift = GATHER;
      known = true;
    }
    if (shift !== GATHER && abs(shift << 3) > MARGIN - 16) shift = GATHER;
    store<i32>(shifts + (n << 2), shift === GATHER ? GATHER : shift << 3);
  }
}

/**
 * occupancy[t, labels[s]] += exp(forward + backward - emission - logScore), where that is a number.
 *
 * @param occupancy [T, K]
 */
export function addOccupancies(
  occupancy: usize,
  forward: usize,
  backward: usize,
  emission: usize,
  labels: usize,
  logScore: f64,
  T: i32,
  S: i32,
  K: i32,
): void {
  const total = f64x2.splat(logScore);
  const quads = (S & ~3) << 3, bytes = S << 3;
  for (let t = 0; t < T; t++) {
    let label = labels, at = 0;
    for (; at < quads; at += 32) {
      const atA = at, atB = at + 16;
      // beside A B
      const both_ = f64x2.add(v128.load(forward + at_), v128.load(backward + at_));
      const share_ = f64x2.sub(f64x2.sub(both_, v128.load(emission + at_)), total);
      // end
      expPairs(PAIRS, shareA, shareB);
      // repeat STATE = 0 … 3
      add(occupancy + (load<i32>(label, 4 * STATE) << 3), load<f64>(PAIRS, 8 * STATE));
      // end
      label += 16;
    }
    for (; at < bytes; at += 8) {
      const both = load<f64>(forward + at) + load<f64>(backward + at);
      const share = f64x2.splat(both - load<f64>(emission + at) - logScore);
      expPairs(PAIRS, share, share);
      add(occupancy + (load<i32>(label) << 3), load<f64>(PAIRS));
      label += 4;
    }
    forward += bytes;
    backward += bytes;
    emission += bytes;
    occupancy += K << 3;
  }
}

// @ts-ignore: decorator
@inline
function add(at: usize, value: f64): void {
  store<f64>(at, load<f64>(at) + value);
}
