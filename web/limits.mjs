import { getDirectiveValues, isInputObjectType, isObjectType } from 'graphql';

/** The module that holds what `@constraint` says of input fields and arguments. */
export function limitsOf(schema) {
  const constraint = schema.getDirective('constraint');
  const entries = owners(schema).flatMap(([owner, inputs]) => {
    const lines = inputs.flatMap(({ name, astNode }) => {
      const limits = written(getDirectiveValues(constraint, astNode));
      return limits ? [`    ${name}: { ${limits} },\n`] : [];
    });
    return lines.length ? [`  ${owner}: {\n${lines.join('')}  },\n`] : [];
  });
  return `\n/** The limits of each input field, and of the arguments of each field. */\nexport const limits = {\n${entries.join('')}} as const;\n`;
}

/** Whatever has input values, as its key in the module: input types, and fields with arguments. */
function owners(schema) {
  const types = Object.values(schema.getTypeMap()).sort((a, b) => (a.name < b.name ? -1 : 1));
  const inputs = types.filter(isInputObjectType).map((type) => [type.name, Object.values(type.getFields())]);
  const fields = types
    .filter(isObjectType)
    .filter((type) => !type.name.startsWith('__'))
    .flatMap((type) => Object.values(type.getFields()).map((field) => [`'${type.name}.${field.name}'`, field.args]));
  return [...inputs, ...fields];
}

/** The format is no limit: fields have a `type` for it. */
function written(values = {}) {
  return Object.entries(values)
    .filter(([name, value]) => name !== 'format' && value !== undefined)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');
}
