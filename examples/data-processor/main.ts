import { App } from 'cdk8s';
import { dataProcessor } from './data-processor';
import { terraform } from './terraform';

const app = new App();
const identity = dataProcessor(app);
app.synth(); // dist/production.k8s.yaml
terraform(identity).synth(); // cdktf.out/stacks/data-processor/cdk.tf.json
