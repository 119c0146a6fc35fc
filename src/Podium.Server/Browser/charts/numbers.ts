const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** A step, with commas between thousands. */
export function stepText(step: number): string {
  return whole.format(step);
}

/** A measured value with four digits that mean something: what is tiny or huge with a power of ten. */
export function valueText(value: number): string {
  const size = Math.abs(value);
  if (size === 0) return "0";
  if (size < 1e-3 || size >= 1e7) return value.toExponential(3).replace(/\.?0+e/, "e").replace("e+", "e");
  if (size >= 1e4) return whole.format(value);
  return value.toPrecision(4);
}

/** The numbers along an axis, with as many decimals as their distance needs. */
export function axisTexts(places: readonly (number | null)[]): string[] {
  const shown = places.filter((place) => place !== null);
  const steps = shown.slice(1).map((place, i) => Math.abs(place - shown[i]!)).filter((step) => step > 0);
  const step = steps.length > 0 ? Math.min(...steps) : Math.abs(shown[0] ?? 1) || 1;
  const largest = Math.max(0, ...shown.map(Math.abs));
  return places.map((place) => (place === null ? "" : axisText(place, step, largest)));
}

/** The numbers along a logarithmic axis: each by itself, unless they are close together. */
export function logTexts(places: readonly (number | null)[]): string[] {
  const shown = places.filter((place) => place !== null);
  const isWide = Math.max(...shown) / Math.min(...shown) >= 8;
  return isWide ? places.map((place) => axisTexts([place])[0]!) : axisTexts(places);
}

function axisText(place: number, step: number, largest: number): string {
  if (place === 0) return "0";
  if (largest < 1e-3) return place.toExponential(2).replace(/\.?0+e/, "e");
  for (const [size, letter] of [[1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"]] as const)
    if (largest >= size * 10) return plain(place / size, step / size) + letter;
  return step < 1e-6 ? place.toExponential(1) : plain(place, step);
}

function plain(place: number, step: number): string {
  const decimals = Math.max(0, Math.min(8, Math.ceil(-Math.log10(step) - 1e-9)));
  // A step of 0.25 needs one decimal more than 0.2.
  const more = decimals < 8 && Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) > 1e-6 ? 1 : 0;
  return place.toFixed(decimals + more);
}

/** Places for numbers along a logarithmic axis: 1, 2 and 5 of each power of ten, or evenly where it spans less than one. */
export function logPlaces(low: number, high: number, most: number): number[] {
  if (high / low < 8) return evenPlaces(low, high, most);
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const digits = Math.log10(high / low) * 3 <= most ? [1, 2, 5] : [1];
  const every = Math.max(1, Math.ceil((last - first) / most));
  const places: number[] = [];
  for (let power = first; power <= last; power += every)
    for (const digit of digits) {
      const place = digit * 10 ** power;
      if (place >= low && place <= high) places.push(place);
    }
  return places.length > 1 ? places : evenPlaces(low, high, most);
}

function evenPlaces(low: number, high: number, most: number): number[] {
  const rough = (high - low) / Math.max(1, most);
  if (!(rough > Math.abs(high) * 1e-12)) return [low];
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((digit) => digit * power >= rough) ?? 10);
  const places: number[] = [];
  for (let i = Math.ceil(low / step); i * step <= high; i++) places.push(Number((i * step).toPrecision(12)));
  return places;
}
