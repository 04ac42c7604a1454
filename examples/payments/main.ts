import { App } from 'cdk8s';
import { payments } from './payments';

const app = new App();
payments(app);
app.synth();
