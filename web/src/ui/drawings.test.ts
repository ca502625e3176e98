import { expect, test } from 'vitest';

const drawings = import.meta.glob<string>('./drawings/*.svg', { query: '?raw', import: 'default', eager: true });

const TYPES = [
  'care',
  'cleaning',
  'delivery',
  'event',
  'gardening',
  'general',
  'it',
  'moving',
  'pet',
  'photography',
  'repair',
  'tutoring',
];

test('each type of work has a drawing, which takes the colour around it and little room', () => {
  expect(Object.keys(drawings)).toEqual(TYPES.map((type) => `./drawings/${type}.svg`));
  for (const drawing of Object.values(drawings)) {
    expect(drawing).toMatch(
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 48 48" fill="none" stroke="currentColor"/,
    );
    expect(drawing).not.toMatch(/#[0-9a-f]{3}|<text|<script|href|style=/);
    expect(drawing.length).toBeLessThan(1536);
  }
});
