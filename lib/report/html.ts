import { createHash } from 'crypto';
import { alsoKnownAs } from './frameworks';
import { howToExempt } from './how-to-exempt';
import { SCRIPT } from './html-script';
import { STYLE } from './html-style';
import { htmlCode, htmlSentence, htmlText, htmlYaml } from './html-text';
import { byControl, byExemption, byMessage, worstFirst } from './order';
import { containerOf, findingPlace, name, placeOf, termsOf, titleOf } from './place';
import type { ReportOptions } from './report-options';
import { Rule, rulesOf } from './rules';
import { headline, isOfInput, summaryLine, Tally, tallyOf } from './tally';
import type { Assessment, Finding, JudgedObject } from '../assessment';
import { SEVERITIES } from '../controls';

/** Of findings that say the same this many are placed at once, the others on demand. */
const PLACES = 5;

/**
 * A page of its own, which asks nothing of any other place: the text's content, which can be filtered, read on a phone and printed, and
 * is all there without its script.
 */
export function* html(assessment: Assessment, { toolVersion, today }: ReportOptions): Iterable<string> {
  const rules = new Map(rulesOf(assessment).map((rule) => [rule.id, rule]));
  const objects = worstFirst(assessment.objects);
  const tally = tallyOf(assessment);
  const title = headline(tally);
  yield head(title);
  yield header(title, tally, assessment);
  if (objects.length > 0) yield filter(objects);
  yield '<main>\n';
  if (objects.length > 0) yield controlsTable(objects, rules);
  for (const judged of objects) yield objectSection(judged, rules);
  yield exempting(objects, assessment) + exempted(assessment) + known(assessment.objects) + clean(assessment.objects);
  yield `</main>\n<footer class="quiet">cdk8s-hardened ${htmlText(toolVersion)}${today === undefined ? '' : `, ${htmlText(today)}`}</footer>\n`;
  yield `${objects.length > 0 ? `<script>${SCRIPT}</script>\n` : ''}</body>\n</html>\n`;
}

function head(title: string): string {
  const policy = `default-src 'none'; style-src ${hash(STYLE)}; script-src ${hash(SCRIPT)}; base-uri 'none'; form-action 'none'`;
  return ['<!doctype html>', '<html lang="en">', '<head>', '<meta charset="utf-8">', `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">', `<title>${title} – cdk8s-hardened</title>`, `<style>${STYLE}</style>`, '</head>', '<body>', ''].join('\n');
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}

function header(title: string, tally: Tally, { profile, kubernetesVersion }: Assessment): string {
  const tiles = SEVERITIES.filter((severity) => tally.bySeverity[severity] > 0).map((severity) => `<li class="${severity}"><b>${tally.bySeverity[severity]}</b> ${severity}</li>`);
  const judged = `Profile ${profile}${kubernetesVersion === undefined ? '' : `, Kubernetes ${htmlText(kubernetesVersion)}`}`;
  return `<header>\n<h1${tally.violations === 0 && tally.unreadable === 0 ? ' class="good"' : ''}>${title}</h1>\n<p>${htmlText(summaryLine(tally))}</p>\n<p class="quiet">${judged}</p>\n`
    + `${tiles.length > 0 ? `<ul class="tally">\n${tiles.join('\n')}\n</ul>\n` : ''}</header>\n`;
}

/** Shown by the script, which makes it work. */
function filter(objects: readonly JudgedObject[]): string {
  const findings = objects.flatMap(({ violations }) => violations);
  const controls = [...new Set(findings.map(({ control }) => control))].sort();
  const namespaces = [...new Set(objects.map(namespaceOf))].sort();
  const severities = SEVERITIES.filter((severity) => findings.some((finding) => finding.severity === severity));
  const option = (value: string, label: string) => `<option value="${htmlText(value)}">${htmlText(label)}</option>`;
  return [
    '<form class="filter" hidden role="search" aria-label="Filter"><div>',
    '<input type="search" name="text" placeholder="Find" aria-label="Find in findings" autocomplete="off">',
    `<fieldset><legend class="said">Severity</legend>${severities.map((severity) => `<label class="${severity}"><input type="checkbox" name="severity" value="${severity}" checked> ${severity}</label>`).join('\n')}</fieldset>`,
    `<select name="control" aria-label="Control">${option('', 'every control')}${controls.map((id) => option(id, id)).join('')}</select>`,
    `<select name="namespace" aria-label="Namespace">${option('any', 'every namespace')}${namespaces.map((namespace) => option(namespace, namespace.slice(1) || 'no namespace')).join('')}</select>`,
    '<button type="reset">All</button>', '<output class="quiet" aria-live="polite"></output>', '</div></form>', '',
  ].join('\n');
}

/** With a sign before it, so that no namespace is taken for a choice of ours. */
function namespaceOf({ object }: JudgedObject): string {
  return `=${name(object.namespace ?? '')}`;
}

function controlsTable(objects: readonly JudgedObject[], rules: ReadonlyMap<string, Rule>): string {
  const counts = new Map<string, number>();
  for (const { control } of objects.flatMap(({ violations }) => violations)) counts.set(control, (counts.get(control) ?? 0) + 1);
  const failing = [...rules.values()].filter(({ id }) => counts.has(id));
  const rank = ({ id, severity }: Rule) => SEVERITIES.indexOf(severity) * 1e9 - counts.get(id)!;
  const rows = failing.sort((a, b) => rank(a) - rank(b)).map((rule) =>
    `<tr><td><span class="severity ${rule.severity}">${rule.severity}</span></td><td>${titled(rule)}</td><td>${counts.get(rule.id)}</td></tr>`);
  const heads = ['Severity', 'Control', 'Violations'].map((text) => `<th scope="col">${text}</th>`).join('');
  return folded(`By control: ${failing.length}`, `<table>\n<thead><tr>${heads}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody></table>`);
}

function objectSection(judged: JudgedObject, rules: ReadonlyMap<string, Rule>): string {
  const { object, violations } = judged;
  return `<section class="object" data-namespace="${htmlText(namespaceOf(judged))}">\n<h2>${htmlText(titleOf(object))} <span class="quiet">${htmlText(placeOf(object))}</span></h2>\n`
    + `${byControl(violations).map((findings) => article(findings, rules.get(findings[0].control)!)).join('')}</section>\n`;
}

function article(findings: readonly Finding[], rule: Rule): string {
  const { id, fix, control } = rule;
  const [{ severity, remediation }] = findings;
  return [
    `<article class="finding" data-severity="${severity}" data-control="${htmlText(id)}" data-count="${findings.length}">`,
    `<h3><span class="severity ${severity}">${severity}</span>${titled(rule)}</h3>`,
    `<div>\n<div class="places">${byMessage(findings).map(places).join('')}</div>`,
    `<div>${htmlSentence(control ? fix : remediation)}${control?.snippet ? htmlYaml(control.snippet) : ''}${control?.neverExempt ? '<p class="quiet">No exemption excuses this.</p>' : ''}</div>\n</div>`,
    `${asked(rule)}</article>`, '',
  ].join('\n');
}

function titled({ id, title }: Rule): string {
  return `${htmlCode(id)}${title === id ? '' : ` <span>${htmlText(title)}</span>`}`;
}

/** Who asks for it, and on demand by which names others know it. */
function asked({ why, control }: Rule): string {
  const also = control ? alsoKnownAs(control) : '';
  if (also === '') return why === '' ? '' : `<p class="quiet">${htmlText(why)}</p>\n`;
  return `<details class="quiet"><summary>${htmlText(why || 'Known elsewhere')}</summary>Also known as ${htmlText(also)}.</details>\n`;
}

/** What is wrong, and everywhere it is. */
function places(run: readonly Finding[]): string {
  const items = run.map((finding) => `<li>${htmlCode(findingPlace(finding))}</li>`);
  const more = items.slice(PLACES);
  return `<p>${htmlText(run[0].message)}</p>\n<ul>${items.slice(0, PLACES).join('')}</ul>\n`
    + (more.length > 0 ? `<details><summary>and ${more.length} more</summary><ul>${more.join('')}</ul></details>\n` : '');
}

function exempting(objects: readonly JudgedObject[], assessment: Assessment): string {
  const how = howToExempt(objects, assessment);
  return how ? folded('How to exempt one', `<p>${htmlText(how.sentence)}</p>${htmlYaml(how.lines.join('\n'))}`) : '';
}

function exempted(assessment: Assessment): string {
  const granted = byExemption(assessment);
  if (granted.size === 0) return '';
  const items = [...granted].map(([exemption, covered]) => {
    const covering = covered.map(({ finding }) => `<li>${htmlCode(findingPlace(finding))} ${htmlText(titleOf(finding.object))}</li>`);
    return `<li>${htmlCode(exemption.control)} ${htmlText(termsOf(exemption))} <span class="quiet">${htmlText(exemption.where)}</span><br>${htmlText(exemption.reason)}`
      + `${covering.length > 0 ? `<ul>${covering.join('')}</ul>` : '<br>It excuses nothing here.'}</li>`;
  });
  return folded(`Exemptions: ${granted.size}`, `<ul>\n${items.join('\n')}\n</ul>`, true);
}

function known(objects: readonly JudgedObject[]): string {
  const items = objects.flatMap((judged) => judged.known).map((finding) => {
    const subject = [titleOf(finding.object), containerOf(finding)].filter((part) => part).join(' ');
    return `<li>${htmlCode(finding.control)} ${htmlText(subject)}: ${htmlText(finding.message)}</li>`;
  });
  return items.length > 0 ? folded(`Known from the baseline: ${items.length}`, `<ul>\n${items.join('\n')}\n</ul>`) : '';
}

function clean(objects: readonly JudgedObject[]): string {
  const items = objects.filter((judged) => isOfInput(judged) && judged.violations.length === 0).map(({ object }) => `<li>${htmlText(titleOf(object))} <span class="quiet">${htmlText(object.where)}</span></li>`);
  return items.length > 0 ? folded(`Objects without violations: ${items.length}`, `<ul>\n${items.join('\n')}\n</ul>`) : '';
}

function folded(summary: string, content: string, open = false): string {
  return `<details${open ? ' open' : ''}>\n<summary>${summary}</summary>\n${content}\n</details>\n`;
}
