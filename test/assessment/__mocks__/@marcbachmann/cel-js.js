// Not a mock: Jest's loader cannot require() an ES module, and Node's own would bring objects of another realm, whose Array and Map
// the package does not take for its own. So the package's files are read as CommonJS, once a worker.
const fs = require('fs');
const path = require('path');
const nodeModule = process.getBuiltinModule('module');

const native = nodeModule.createRequire(__filename);
const texts = (nodeModule[Symbol.for('cdk8s-hardened.test.cel-js')] ??= new Map());
const loaded = new Map();

function load(file) {
  if (loaded.has(file)) return loaded.get(file);
  if (!texts.has(file)) {
    const ts = native('typescript');
    texts.set(file, ts.transpileModule(fs.readFileSync(file, 'utf8'), { compilerOptions: { module: 'commonjs', target: 'es2022' } }).outputText);
  }
  const exports = {};
  loaded.set(file, exports);
  new Function('require', 'exports', texts.get(file))((id) => load(path.resolve(path.dirname(file), id)), exports);
  return exports;
}

module.exports = load(native.resolve('@marcbachmann/cel-js'));
