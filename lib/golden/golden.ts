import * as fs from 'fs';
import * as path from 'path';
import { App, Chart, Names, Yaml } from 'cdk8s';
import type { Construct } from 'constructs';
import { faultAt, pathOf } from '../errors';

/**
 * Golden manifests: what is synthesized, held as plain YAML files that reviewers and scanners read, and compared byte by byte.
 *
 * ```ts
 * test('the platform synthesizes what was reviewed', () => {
 *   Golden.of(myApp()).matches(path.join(__dirname, 'golden'));
 * });
 * ```
 *
 * A difference, a missing file and a file that nothing synthesizes any more fail alike. With `UPDATE_GOLDEN=1` in the
 * environment the folder is rewritten instead; the review of that change is its diff.
 */
export class Golden {
  /**
   * The manifests of an App, a file for each of its charts, or of a single chart: `<chart>.yaml`.
   * @throws if the scope is neither, or if it does not synthesize
   */
  public static of(scope: Construct): Golden {
    const charts = Chart.isChart(scope) ? [scope] : scope instanceof App ? scope.charts : undefined;
    if (!charts) throw faultAt(scope, 'only an App or a Chart has manifests', 'give one of these');
    if (charts.length === 0) throw faultAt(pathOf(scope), 'it has no chart, so there is nothing to compare', 'build the charts before calling Golden.of');
    return new Golden(Object.fromEntries(charts.map((chart) => [`${Names.toDnsLabel(chart)}.yaml`, Yaml.stringify(...chart.toJson())])));
  }

  /**
   * Any other texts, by file name: a Terraform stack, a report.
   * @param files the texts by file name
   */
  public static ofFiles(files: { [key: string]: string }): Golden {
    return new Golden(files);
  }

  private constructor(private readonly files: { [key: string]: string }) {}

  /**
   * Compares with the files of a folder. Whatever else in it ends as these files do (`.yaml`) is taken for an orphan.
   * @throws if a file differs, is missing, or is no longer synthesized; the message names each, and how to accept the change
   */
  public matches(folder: string): void {
    if (process.env.UPDATE_GOLDEN) return this.write(folder);
    const held = new Set(this.heldIn(folder));
    const differences = Object.entries(this.files).flatMap(([name, text]) => {
      const file = path.join(folder, name);
      if (!held.delete(name)) return [`${shownPath(file)}: the golden file is missing`];
      return difference(shownPath(file), fs.readFileSync(file, 'utf8'), text);
    });
    differences.push(...[...held].sort().map((name) => `${shownPath(path.join(folder, name))}: nothing synthesizes this file any more`));
    if (differences.length > 0) {
      throw new Error([...differences, 'If the change is meant, run the test again with UPDATE_GOLDEN=1 in the environment and review the diff.'].join('\n'));
    }
  }

  private heldIn(folder: string): string[] {
    const endings = new Set(Object.keys(this.files).map((name) => path.extname(name)));
    const entries = fs.existsSync(folder) ? fs.readdirSync(folder, { withFileTypes: true }) : [];
    return entries.filter((entry) => entry.isFile() && endings.has(path.extname(entry.name))).map((entry) => entry.name);
  }

  private write(folder: string): void {
    fs.mkdirSync(folder, { recursive: true });
    for (const name of this.heldIn(folder)) fs.rmSync(path.join(folder, name));
    for (const [name, text] of Object.entries(this.files)) fs.writeFileSync(path.join(folder, name), text);
  }
}

function shownPath(file: string): string {
  return path.relative(process.cwd(), file).split(path.sep).join('/');
}

/** The first line in which two texts differ, as a diff of that line. */
function difference(file: string, golden: string, actual: string): string[] {
  if (golden === actual) return [];
  const [was, is] = [golden.split('\n'), actual.split('\n')];
  const line = was.findIndex((text, i) => text !== is[i]);
  const at = line === -1 ? was.length : line;
  return [`${file}:${at + 1}: what is synthesized now differs from the golden file\n  - ${was[at] ?? '(end of file)'}\n  + ${is[at] ?? '(end of file)'}`];
}
