import type { InventoryControl } from '../controls';

const ABOUT_EXEMPTIONS = { level: 'baseline', on: 'inventory', frameworks: {}, neverExempt: true, judge: () => [], allowed: {}, denied: {} } as const;

/**
 * What must be so of exemptions themselves, in the shape of controls, so that reports show them alike. No manifest breaks them, so
 * they are not in the catalog.
 */
export const EXEMPTION_VALID: InventoryControl = {
  ...ABOUT_EXEMPTIONS,
  id: 'exemption/valid', title: 'Exemptions name a control, a reason, an owner and a day within a year', severity: 'high',
  message: 'an exemption must be complete to excuse anything',
  remediation: 'Complete the exemption, or take it out.',
};

export const EXEMPTION_NOT_EXPIRED: InventoryControl = {
  ...ABOUT_EXEMPTIONS,
  id: 'exemption/not-expired', title: 'Exemptions have not expired', severity: 'high',
  message: 'an exemption excuses nothing after its last day',
  remediation: 'Mend what it excused and take it out, or renew it with a reason that still holds.',
};

export const EXEMPTION_USED: InventoryControl = {
  ...ABOUT_EXEMPTIONS,
  id: 'exemption/used', title: 'Exemptions excuse something', severity: 'medium',
  message: 'an exemption must excuse a finding of its control',
  remediation: 'Take it out, so that it excuses nothing that is yet to come; or correct whom it is for.',
};

export const EXEMPTION_CONTROLS: readonly InventoryControl[] = [EXEMPTION_VALID, EXEMPTION_NOT_EXPIRED, EXEMPTION_USED];
