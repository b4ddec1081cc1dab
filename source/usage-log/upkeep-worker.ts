import {workerData} from 'node:worker_threads';
import {keepUp, openForUpkeep} from './upkeep.js';

const {path, pruneBeforeMs} = workerData as {
	path: string;
	pruneBeforeMs: number | undefined;
};

const db = openForUpkeep(path);
try {
	await keepUp(db, {pruneBeforeMs});
} finally {
	db.close();
}
