/** Writes what of docs/ comes from the code: the catalog's pages, and the help of each command. Run it with "npm run docs". */
import * as fs from 'fs';
import * as path from 'path';
import { generatedDocs } from './generated-docs';

const DOCS = path.join(__dirname, '../docs');

for (const [file, text] of generatedDocs((name) => fs.readFileSync(path.join(DOCS, name), 'utf8'))) fs.writeFileSync(path.join(DOCS, file), text);
