/**
 * Puts the CEL parser into build/, as CommonJS, so that nothing has to be installed beside the package. It is published as ES modules only,
 * which Jest does not load from node_modules as they come, and the programs that use this package are tested with Jest.
 */
const fs = require('fs');
const path = require('path');
const ts = require('typescript');

const root = path.dirname(__dirname);

bundle('@marcbachmann/cel-js', 'cel', 'lib', /\.js$/, (source) =>
  ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } }).outputText);

function bundle(name, as, folder, files, rewritten) {
  const from = path.join(root, 'node_modules', name);
  const to = path.join(root, 'build', as);
  fs.mkdirSync(to, { recursive: true });
  for (const file of fs.readdirSync(path.join(from, folder)).filter((each) => files.test(each))) {
    fs.writeFileSync(path.join(to, file), rewritten(fs.readFileSync(path.join(from, folder, file), 'utf8')));
  }
  fs.copyFileSync(path.join(from, 'LICENSE'), path.join(to, 'LICENSE'));
}
