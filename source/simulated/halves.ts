/**
Splits a text in the middle, never within a character: half of one would become another when it is
encoded, and of another length.
*/
export function halves(text: string): readonly [string, string] {
	const middle = Math.floor(text.length / 2);
	const isWithin = (text.codePointAt(middle - 1) ?? 0) > 0xff_ff;
	const at = isWithin ? middle + 1 : middle;
	return [text.slice(0, at), text.slice(at)];
}
