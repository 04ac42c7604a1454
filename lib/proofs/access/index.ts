export * from './access';
export * from './place';
export * from './rbac-object';
export type { Refusal } from './read-rbac';
export type { Request, ResourceRequest, UrlRequest } from './rule-index';
export * from './review';
