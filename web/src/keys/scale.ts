interface Day {
  readonly date: string;
  readonly requests: number;
  readonly refused: number;
}

export interface Bar {
  date: string;
  x: number;
  y: number;
  width: number;
  height: number;
  refusedHeight: number;
}

/** The next of 10, 20, 50, 100, 200, … that holds the largest value. */
export function niceTop(largest: number): number {
  for (let power = 10; ; power *= 10) {
    const top = [power, power * 2, power * 5].find((candidate) => candidate >= largest);
    if (top) return top;
  }
}

/** Where the bars of a chart stand: a fifth of each place is left between them. */
export function dayBars(days: readonly Day[], top: number, width: number, height: number): Bar[] {
  const place = width / days.length;
  return days.map(({ date, requests, refused }, index) => ({
    date,
    x: index * place + place / 10,
    y: height - (requests / top) * height,
    width: place * 0.8,
    height: (requests / top) * height,
    refusedHeight: (refused / top) * height,
  }));
}
