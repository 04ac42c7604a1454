/**
 * What a value that Terraform knows only at apply time looks like in a manifest: cdktf and cdktn put such a marker where the
 * value will stand, and Kubernetes would take the marker for the value.
 */
const STRING_TOKEN = /\$\{TfToken\[|#\{TfToken\[|\$\{Token\[|#\{Token\[/;

/** Numbers stand for tokens far below any number a manifest holds. */
const NUMBER_TOKEN_BELOW = -1e200;

/** Whether a value, or something within it, is a token that only Terraform can resolve. */
export function holdsTerraformToken(value: unknown): boolean {
  if (typeof value === 'string') return isToken(value);
  if (typeof value === 'number') return value < NUMBER_TOKEN_BELOW;
  if (Array.isArray(value)) return value.some(holdsTerraformToken);
  if (!value || typeof value !== 'object') return false;
  for (const key of Object.keys(value)) {
    if (isToken(key) || holdsTerraformToken((value as { readonly [key: string]: unknown })[key])) return true;
  }
  return false;
}

/** Nearly no text of a manifest has even the part that all tokens have. */
function isToken(text: string): boolean {
  return text.includes('Token[') && STRING_TOKEN.test(text);
}
