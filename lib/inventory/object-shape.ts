import type { Shape } from './typed-value';

const fields = (named: { readonly [name: string]: Shape }): Shape => ({ fields: named });
const mapOf = (shape: Shape): Shape => ({ mapOf: shape });

/**
 * The fields of kinds, as `group/Kind`, as far as object controls read them; metadata is every object's. What has another type is named
 * a fault, and is absent to expressions, so that no wrong type passes for a right value. A law of the catalog compares the two.
 */
export const OBJECT_SHAPES: { readonly [groupAndKind: string]: Shape } = {
  '/Secret': fields({ data: mapOf('string'), stringData: mapOf('string'), type: 'string' }),
};
