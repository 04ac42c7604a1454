/** What makes the page's filter work; without it the page shows everything, and no filter. */
export const SCRIPT = `
(() => {
  const form = document.querySelector('.filter');
  const objects = [...document.querySelectorAll('.object')].map((element) => ({
    element, namespace: element.dataset.namespace, title: element.querySelector('h2').textContent.toLowerCase(),
    findings: [...element.querySelectorAll('.finding')].map((finding) => ({ element: finding, severity: finding.dataset.severity, control: finding.dataset.control, count: Number(finding.dataset.count) })),
  }));
  const said = form.querySelector('output');
  const apply = () => {
    const given = new FormData(form);
    const words = given.get('text').toLowerCase().split(/\\s+/).filter((word) => word);
    const severities = new Set(given.getAll('severity'));
    let shown = 0;
    let all = 0;
    for (const object of objects) {
      let any = false;
      const here = given.get('namespace') === 'any' || given.get('namespace') === object.namespace;
      for (const finding of object.findings) {
        const fits = here && severities.has(finding.severity) && (given.get('control') === '' || given.get('control') === finding.control)
          && words.every((word) => (finding.text ??= object.title + ' ' + finding.element.textContent.toLowerCase()).includes(word));
        finding.element.hidden = !fits;
        any ||= fits;
        shown += fits ? finding.count : 0;
        all += finding.count;
      }
      object.element.hidden = !any;
    }
    said.textContent = shown === all ? '' : shown + ' of ' + all + ' shown';
  };
  let due;
  form.addEventListener('input', () => { clearTimeout(due); due = setTimeout(apply, 100); });
  form.addEventListener('reset', () => setTimeout(apply));
  form.addEventListener('submit', (event) => { event.preventDefault(); apply(); });
  form.hidden = false;
  apply();
})();
`;
