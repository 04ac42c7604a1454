import * as path from 'path';
import { App } from 'cdk8s';
import { Golden } from 'cdk8s-hardened';
import { payments } from './payments';

test('payments synthesizes what was reviewed', () => {
  const app = new App();
  payments(app);
  Golden.of(app).matches(path.join(__dirname, 'golden'));
});
