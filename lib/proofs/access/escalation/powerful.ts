import { Needs } from './holdings';
import { NEEDS } from './steps';
import type { GrantedRole } from '../access';

/** Tells roles that hold a step towards more rights, or that say everything of something by a star. */
export function isPowerful(): (role: GrantedRole) => boolean {
  const needs = new Needs(NEEDS);
  return (role) => needs.concerned([{ role, own: true, namespace: '' }]).length > 0 || role.index().rules.some(({ verbs, resources }) => verbs.includes('*') || resources.includes('*'));
}
