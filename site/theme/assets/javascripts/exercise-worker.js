/* Makerwagen, Apache-2.0. Made by "npm run build" in site/widgets; do not edit. sources sha256:d67b2a433c2fc1f06efc1fee7a405739e8c464d6ed0f0dcf0757c781f2f4b1b0 */
import{loadMicroPython as g}from"./micropython.js";var d="/board",f=1<<22,h=65536,m=65536,y=1e8,w=20,S=["fetch","XMLHttpRequest","WebSocket","EventSource","importScripts","indexedDB","caches","Worker","BroadcastChannel"],M=`
import sys
sys.path[:] = ["${d}", ".frozen", "${d}/lib"]
`,b=`
def start():
    import json, learner, page_hand
    del sys.modules["page_hand"], globals()["start"]
    learner.start(json.loads(page_hand.config), page_hand.line)
start()
`,k=`
import json, page_hand
from portable import explain, judge, notes

def explained(kind, text, line, source):
    line, message = explain.explain(kind, text, line, source)
    return {"line": line, "message": message, "technical": explain.technical(kind, text)}

def noted(found):
    return [[pin, notes.NOTES.get(word, word)] for pin, word in found]

def answer(question, values):
    ways = {"judge": judge.judge, "schedule": judge.schedule, "most_runs": judge.most_runs, "explain": explained, "noted": noted}
    return json.dumps(ways[question](*json.loads(values)))

page_hand.answer = answer
`,s,t,r=[],l=0,p=()=>{r.length&&postMessage({kind:"lines",lines:r}),r=[],l=performance.now()};async function j({files:e,tight:n}){n&&x(),s=await g({heapsize:f,pystack:h,stdout:()=>{},stderr:()=>{}});for(let[o,u]of Object.entries(e)){let a=`${d}/${o}`.split("/");for(let i=2;i<a.length;i++){let c=a.slice(0,i).join("/");s.FS.analyzePath(c).exists||s.FS.mkdir(c)}s.FS.writeFile(a.join("/"),u)}s.runPython(M);for(let o of S)Object.defineProperty(globalThis,o,{value:void 0})}function x(){let e=WebAssembly.Memory.prototype.grow;WebAssembly.Memory.prototype.grow=function(o){if(this.buffer.byteLength+o*m>y)throw postMessage({kind:"hungry"}),new RangeError("no more memory for this program");return e.call(this,o)};let n=console.error.bind(console);console.error=(...o)=>/grow/i.test(String(o[0]))?void 0:n(...o)}function _(e){t={config:JSON.stringify(e),line:n=>{r.push(n),performance.now()-l>w&&p()}},l=performance.now(),s.registerJsModule("page_hand",t),s.runPython(b),p(),postMessage({kind:"done"})}function A(e,n){t||(t={},s.registerJsModule("page_hand",t),s.runPython(k)),postMessage({kind:"answer",value:JSON.parse(t.answer(e,JSON.stringify(n)))})}var O={open:async e=>{await j(e),postMessage({kind:"ready"})},run:({config:e})=>_(e),ask:({question:e,values:n})=>A(e,n)};globalThis.onmessage=async({data:e})=>{try{await O[e.kind](e)}catch(n){p(),postMessage({kind:"broken",message:String(n?.message||n)})}};
