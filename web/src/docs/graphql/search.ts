import { isEnumType, isInputObjectType, isInterfaceType, isObjectType } from 'graphql';

import { type Place, placeOf, roots, types } from './schema.ts';

/** Every type, field, input field and enum value, operations first. */
const PLACES: readonly Place[] = [...new Set([...roots, ...types])].flatMap((type) => [
  { name: type.name, to: `/graphql/${type.name}` },
  ...membersOf(type).map((member) => placeOf(type.name, member)),
]);

/** How many results are of use to a reader. */
const MOST = 40;

/** The places whose names have the word, those that begin with it first. */
export function search(word: string): Place[] {
  const wanted = word.trim().toLowerCase();
  if (!wanted) return [];
  const found = PLACES.flatMap((place) => {
    const distance = distanceOf(place.name.toLowerCase(), wanted);
    return distance === null ? [] : [{ place, distance }];
  });
  found.sort((one, other) => one.distance - other.distance);
  return found.slice(0, MOST).map(({ place }) => place);
}

/**
 * Less is nearer; null if the word is not in the name. A word without a dot is looked for in the name of a
 * member, not in that of its type as well.
 */
function distanceOf(place: string, wanted: string): number | null {
  const name = wanted.includes('.') ? place : place.slice(place.indexOf('.') + 1);
  if (!name.includes(wanted)) return null;
  if (name === wanted) return 0;
  return name.startsWith(wanted) ? 1 : 2;
}

function membersOf(type: (typeof types)[number]): string[] {
  if (isEnumType(type)) return type.getValues().map(({ name }) => name);
  if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) return Object.keys(type.getFields());
  return [];
}
