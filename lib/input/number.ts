/** How a scalar that begins like a number is a number: a 64-bit integer in any base, or else a decimal, however long. */
const DECIMAL = /^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/;
/** What begins with a point may have "_" between digits, and only there. */
const FRACTION = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))$/;

/** The number that a scalar is, if it is one; there is no negative zero. */
export function numberOf(text: string): number | undefined {
  if (/^[1-9][0-9]{0,14}$/.test(text)) return Number(text);
  const exact = integerOf(text);
  return exact === undefined ? decimalOf(text) : Number(exact);
}

/** The integer that a scalar is, from -2^63 to 2^64-1; what has a sign is read as signed. */
export function integerOf(text: string): bigint | undefined {
  const [, sign, hex, binary, octal, decimal] = INTEGER.exec(text.replaceAll('_', '')) ?? [];
  if (sign === undefined || text[0] === '_') return undefined;
  const [prefix, digits] = hex !== undefined ? ['0x', hex] : binary !== undefined ? ['0b', binary] : octal !== undefined ? ['0o', octal] : ['', decimal];
  const significant = digits.replace(/^0+(?=.)/, '');
  if (significant.length > 64) return undefined;
  const exact = BigInt(prefix + significant);
  if (exact > (sign === '' ? 2n ** 64n - 1n : sign === '-' ? 2n ** 63n : 2n ** 63n - 1n)) return undefined;
  return sign === '-' ? -exact : exact;
}

/** Beyond what a double holds, Go has an error, and the scalar stays text. */
function decimalOf(text: string): number | undefined {
  const plain = text.replaceAll('_', '');
  if (!(text[0] === '.' ? FRACTION.test(text) : DECIMAL.test(plain))) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value + 0 : undefined;
}

/** A number as a key: an integer in full, if it is signed in 64 bits; any other as Go prints one of 32 bits. */
export function numberKey(text: string, value: number): string | undefined {
  const exact = integerOf(text);
  if (exact !== undefined) return exact < 2n ** 63n ? String(exact) : undefined;
  return float32Text(Math.fround(value), text.startsWith('-'));
}

/** The shortest digits that give a float back, with an exponent outside of 1e-4 and 1e6: Go's `FormatFloat(value, 'g', -1, 32)`. */
function float32Text(value: number, negative: boolean): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  if (value === 0) return negative ? '-0' : '0';
  let short = value.toExponential();
  for (let digits = 0; digits < 9; digits++) {
    short = value.toExponential(digits);
    if (Math.fround(Number(short)) === value) break;
  }
  const [mantissa, power] = short.split('e');
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 6) return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  return plainDigits(mantissa, exponent);
}

function plainDigits(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith('-') ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const rest = digits.slice(exponent + 1);
  return `${sign}${whole}${rest === '' ? '' : `.${rest}`}`;
}
