/**
 * The n-th largest of some numbers, counted from 1; what is less comes before it in the array,
 * what is greater after it.
 *
 * @param values Reordered; no NaN.
 * @param n 1 … values.length
 *
 * Source: Hoare 1961, "Algorithm 65: find".
 */
export function nthLargest(values: Float64Array, n: number): number {
  const place = values.length - n;
  for (let left = 0, right = values.length - 1; left < right;) {
    const pivot = values[place];
    let i = left, j = right;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const value = values[i];
      values[i++] = values[j];
      values[j--] = value;
    }
    if (j < place) left = i;
    if (i > place) right = j;
  }
  return values[place];
}
