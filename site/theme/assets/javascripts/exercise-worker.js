/* Makerwagen, Apache-2.0. Made by "npm run build" in site/widgets; do not edit. sources sha256:1c3eeec0f7fe54e9468b0d4926ed7f3878171c79747196ac51c02a61570fd750 */
import{loadMicroPython as u}from"./micropython.js";var l="/board",h=1<<22,f=65536,m=65536,y=1e8,w=20,M=["fetch","XMLHttpRequest","WebSocket","EventSource","importScripts","indexedDB","caches","Worker","BroadcastChannel"],S=`
import sys
sys.path[:] = ["${l}", ".frozen", "${l}/lib"]
`,b=`
def start():
    import json, learner, page_hand
    del sys.modules["page_hand"], globals()["start"]
    learner.start(json.loads(page_hand.config), page_hand.line)
start()
`,k=`
import json, page_hand
from portable import explain, judge

def explained(kind, text, line, source):
    line, message = explain.explain(kind, text, line, source)
    return {"line": line, "message": message, "technical": explain.technical(kind, text)}

def answer(question, values):
    ways = {"judge": judge.judge, "schedule": judge.schedule, "most_runs": judge.most_runs, "explain": explained}
    return json.dumps(ways[question](*json.loads(values)))

page_hand.answer = answer
`,o,t,r=[],d=0,c=()=>{r.length&&postMessage({kind:"lines",lines:r}),r=[],d=performance.now()};async function j({files:e,tight:n}){n&&x(),o=await u({heapsize:h,pystack:f,stdout:()=>{},stderr:()=>{}});for(let[s,g]of Object.entries(e)){let a=`${l}/${s}`.split("/");for(let i=2;i<a.length;i++){let p=a.slice(0,i).join("/");o.FS.analyzePath(p).exists||o.FS.mkdir(p)}o.FS.writeFile(a.join("/"),g)}o.runPython(S);for(let s of M)Object.defineProperty(globalThis,s,{value:void 0})}function x(){let e=WebAssembly.Memory.prototype.grow;WebAssembly.Memory.prototype.grow=function(s){if(this.buffer.byteLength+s*m>y)throw postMessage({kind:"hungry"}),new RangeError("no more memory for this program");return e.call(this,s)};let n=console.error.bind(console);console.error=(...s)=>/grow/i.test(String(s[0]))?void 0:n(...s)}function _(e){t={config:JSON.stringify(e),line:n=>{r.push(n),performance.now()-d>w&&c()}},d=performance.now(),o.registerJsModule("page_hand",t),o.runPython(b),c(),postMessage({kind:"done"})}function A(e,n){t||(t={},o.registerJsModule("page_hand",t),o.runPython(k)),postMessage({kind:"answer",value:JSON.parse(t.answer(e,JSON.stringify(n)))})}var O={open:async e=>{await j(e),postMessage({kind:"ready"})},run:({config:e})=>_(e),ask:({question:e,values:n})=>A(e,n)};globalThis.onmessage=async({data:e})=>{try{await O[e.kind](e)}catch(n){c(),postMessage({kind:"broken",message:String(n?.message||n)})}};
