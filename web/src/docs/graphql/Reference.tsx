import { Missing } from '../../app/Missing.tsx';
import { Overview } from './Overview.tsx';
import { types } from './schema.ts';
import { TypePage } from './TypePage.tsx';

/** The schema: all of it, or one type. */
export default function Reference({ name }: { name?: string | undefined }) {
  if (!name) return <Overview />;
  const type = types.find((one) => one.name === name);
  return type ? <TypePage key={name} type={type} /> : <Missing />;
}
