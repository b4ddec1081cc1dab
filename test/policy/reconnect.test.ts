import {expect, test} from 'vitest';
import {isPossiblyBilled, mayReconnect} from '../../source/policy/reconnect.js';

const fresh = {begun: true, written: true, reused: false};
const halfWritten = {begun: true, written: false, reused: false};
const kept = {begun: true, written: true, reused: true};
const never = {begun: false, written: false, reused: false};

test.each([
	['ECONNREFUSED', never, 0, true],
	['ENOTFOUND', never, 0, true],
	['EAI_AGAIN', never, 1, true],
	['ECONNREFUSED', never, 2, false],
	['UND_ERR_CONNECT_TIMEOUT', never, 0, false],
	['DEPTH_ZERO_SELF_SIGNED_CERT', never, 0, false],
	['ERR_TLS_CERT_ALTNAME_INVALID', never, 0, false],
	['ECONNRESET', fresh, 0, false],
	['UND_ERR_SOCKET', fresh, 0, false],
	['ECONNRESET', halfWritten, 0, true],
	['EPIPE', halfWritten, 1, true],
	['EPIPE', halfWritten, 2, false],
	['UND_ERR_SOCKET', kept, 0, true],
	['ECONNRESET', kept, 0, true],
	['UND_ERR_HEADERS_TIMEOUT', kept, 0, false],
	['UND_ERR_HEADERS_TIMEOUT', fresh, 0, false],
	['HPE_INVALID_CONSTANT', kept, 0, false],
] as const)('%s after %o and %i more: %s', (code, facts, reconnects, may) => {
	expect(mayReconnect({code, ...facts}, reconnects)).toBe(may);
});

test.each([
	[fresh, true],
	[kept, false],
	[halfWritten, false],
	[never, false],
])('%o is possibly billed: %s', (facts, is) => {
	expect(isPossiblyBilled({code: 'ECONNRESET', ...facts})).toBe(is);
});
