// What `npm run synth` runs: each example is a program of its own, and can be run alone.
import './payments/main';
import './data-processor/main';
