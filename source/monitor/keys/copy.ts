import {copied, whyNotCopied} from '../copy.js';
import type {KeyEntry} from './entry.js';

export const copyKey: KeyEntry = {
	name: 'copy',
	shown: 'y',
	says: 'copy a request as JSON',
	hint: ({overlay}) => (overlay === 'detail' ? 'copy' : undefined),
	missing: whyNotCopied,
	means: copied,
};
