// Evaluates JavaScript expressions: an order a line on standard input, an answer a line on
// standard output, both JSON. Each runs in a context of its own that has nothing of this program:
// only texts go in and out.
'use strict';
const vm = require('vm');
const milliseconds = Number(process.argv[1]);

const strangers = 'var console = {log() {}, info() {}, warn() {}, error() {}, debug() {}};';

function answer(order) {
    const context = vm.createContext(Object.create(null), {microtaskMode: 'afterEvaluate'});
    const end = Date.now() + milliseconds;
    const run = (code, name) => new vm.Script(code, {filename: name}).runInContext(
        context, {timeout: Math.max(1, end - Date.now()), displayErrors: false});
    // What is thrown is turned into a text where it was thrown: reading it may run its code.
    const guarded = code => 'try { ' + code + ' } catch (error) { "!" + String(error) }';
    run(strangers, 'console');
    for (const library of order.library) {
        run(library + '\n;0', 'expressionLib');
    }
    const names = ['inputs', 'self', 'runtime'];
    run(names.map(name =>
        `var ${name} = JSON.parse(${JSON.stringify(JSON.stringify(order[name]))});`).join('\n')
        + '\n;0', 'parameters');
    // That it is the body of a function, and does not end it.
    vm.compileFunction('"use strict";\n' + order.body);
    return run(guarded(
        'var __value = (function () { "use strict";\n' + order.body + '\n})();'
        + 'typeof __value === "undefined" ? "=null" : typeof __value === "function" '
        + '|| typeof __value === "symbol" || typeof __value === "bigint" '
        + '? "!a " + typeof __value + ", which is no JSON" '
        + ': "=" + JSON.stringify(__value, (key, value) => '
        + 'typeof value === "number" && !isFinite(value) ? null : value)'), 'expression');
}

function respond(line) {
    let said;
    try {
        const value = answer(JSON.parse(line));
        said = typeof value === 'string' && value.length > 0 ? value : '!no value';
    } catch (error) {
        said = error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
            ? '!it did not end within ' + milliseconds / 1000 + ' s'
            : '!' + (error instanceof Error ? error.name + ': ' + error.message : 'it failed');
    }
    process.stdout.write(JSON.stringify(
        said[0] === '=' ? {value: said.slice(1)} : {fault: said.slice(1)}) + '\n');
}

let parts = [];
process.stdin.on('data', chunk => {
    let start = 0;
    for (let end; (end = chunk.indexOf(10, start)) >= 0; start = end + 1) {
        parts.push(chunk.subarray(start, end));
        const line = Buffer.concat(parts).toString();
        parts = [];
        respond(line);
    }
    parts.push(chunk.subarray(start));
});
process.stdin.on('end', () => process.exit(0));
process.stdin.on('error', () => process.exit(0));
