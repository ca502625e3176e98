import { Drawing } from '../ui/Drawing.tsx';
import { TYPES } from './suggested.ts';

/** Keeps the places of the types of work until their names are there. */
export function PlacesOfTypes() {
  return TYPES.map((type) => (
    <span key={type} className="tile" aria-hidden="true">
      <Drawing of={type} />
      <span>&nbsp;</span>
    </span>
  ));
}
