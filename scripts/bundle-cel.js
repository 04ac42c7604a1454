/**
 * Puts the CEL interpreter into build/cel as CommonJS. It is published as ES modules only, which Jest does not load from
 * node_modules as it comes, and the programs that use this package are tested with Jest.
 */
const fs = require('fs');
const path = require('path');
const ts = require('typescript');

const root = path.dirname(__dirname);
const from = path.join(root, 'node_modules/@marcbachmann/cel-js');
const to = path.join(root, 'build/cel');

fs.mkdirSync(to, { recursive: true });
for (const name of fs.readdirSync(path.join(from, 'lib')).filter((file) => file.endsWith('.js'))) {
  const source = fs.readFileSync(path.join(from, 'lib', name), 'utf8');
  const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  fs.writeFileSync(path.join(to, name), outputText);
}
fs.copyFileSync(path.join(from, 'LICENSE'), path.join(to, 'LICENSE'));
