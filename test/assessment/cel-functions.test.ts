import { Environment } from '../../lib/assessment/cel';
import { registerKubernetesFunctions } from '../../lib/assessment/cel-functions';

const ENVIRONMENT = registerKubernetesFunctions(new Environment({ enableOptionalTypes: true }));
const said = (cel: string) => {
  try {
    return ENVIRONMENT.evaluate(cel) as unknown;
  } catch (error) {
    return (error as Error).message.split('\n')[0];
  }
};

test.each([
  ["quantity('1').isGreaterThan(quantity('999m'))", true], ["quantity('1Gi').isGreaterThan(quantity('1024Mi'))", false], ["quantity('1G').isGreaterThan(quantity('1Gi'))", false],
  ["isQuantity('1.5Ti')", true], ["isQuantity('1.5 Ti')", false], ["isQuantity('')", false], ["quantity('much')", '"much" is no quantity'],
])('%s', (cel, value) => expect(said(cel)).toEqual(value));
