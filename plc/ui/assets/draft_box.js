// A text box whose words outlive a closed laptop and a lost network. What is typed is kept in this browser
// until it is sent; what is sent is kept until the server has said that it arrived.
//
// Kept under one key per meeting, step and writer: {text, at, outbox: [{id, words, choice}]}.
const PREFIX = "plc.draft."
const KEPT_DAYS = 14
const AGAIN_MS = 3000
const LOOK_MS = 500
const boxes = new WeakMap()

const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? {}
  } catch {
    return {}
  }
}

const keep = (key, kept) => {
  try {
    if (!kept.text && !kept.outbox?.length) localStorage.removeItem(key)
    else localStorage.setItem(key, JSON.stringify({ ...kept, at: Date.now() }))
  } catch {
    // A browser that keeps nothing still sends.
  }
}

const forgetOld = () => {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(PREFIX) && Date.now() - (read(key).at ?? 0) > KEPT_DAYS * 864e5)
        localStorage.removeItem(key)
    }
  } catch {
    // Nothing kept, nothing to forget.
  }
}

const newId = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("")

const say = (box, words, state = "") => {
  const line = box.root.querySelector(".status")
  if (line.textContent !== words) line.textContent = words
  line.dataset.state = state
}

const push = (box) => {
  if (!box.kept.outbox.length) return
  box.tries += 1
  box.pushed = Date.now()
  box.send("outbox", { tries: box.tries, notes: box.kept.outbox })
  if (box.tries > 1) say(box, "No network. Kept on this device; it goes out by itself.", "waiting")
}

const sendNow = (box, choice) => {
  const words = box.input.value.trim()
  if (!words && !box.data.may_be_empty) {
    say(box, box.data.empty_words, "wrong")
    box.input.focus()
    return
  }
  box.kept = { text: "", outbox: [...box.kept.outbox, { id: newId(), words, choice }] }
  box.input.value = ""
  box.tries = 0
  keep(box.key, box.kept)
  say(box, "Sending …")
  push(box)
}

// Drop from the outbox what arrived; put refused words back where they can be changed.
const settle = (box) => {
  const arrived = new Set(box.data.arrived)
  const refused = box.data.refused
  const before = box.kept.outbox.length
  for (const note of box.kept.outbox) {
    if (!(note.id in refused)) continue
    box.kept.text = [note.words, box.input.value].filter(Boolean).join("\n")
    box.input.value = box.kept.text
  }
  const back = box.kept.outbox.filter((note) => note.id in refused)
  box.kept.outbox = box.kept.outbox.filter((note) => !arrived.has(note.id) && !(note.id in refused))
  keep(box.key, box.kept)
  if (back.length) say(box, refused[back[0].id], "wrong")
  else if (before && !box.kept.outbox.length) say(box, box.data.sent_words, "sent")
}

// A box that is there for the words it holds goes with them, though not from under somebody's hands.
const hide = (box, focused) => {
  const holds = box.kept.text || box.kept.outbox.length
  box.root.hidden = box.data.only_with_words && !holds && !box.root.contains(focused)
}

const drawButtons = (box) => {
  const row = box.root.querySelector(".buttons")
  const wanted = JSON.stringify(box.data.choices)
  if (row.dataset.drawn === wanted) return
  row.dataset.drawn = wanted
  row.replaceChildren(
    ...box.data.choices.map((choice, number) => {
      const button = document.createElement("button")
      button.type = "button"
      button.textContent = choice.label
      if (choice.spoken) button.setAttribute("aria-label", choice.spoken)
      if (number === 0 && box.data.choices.length === 1) button.className = "first"
      button.onclick = () => sendNow(box, choice.value)
      return button
    }),
  )
}

const open = (component) => {
  const root = component.parentElement.querySelector(".plc-draft")
  const one = component.data.lines > 1
  const input = document.createElement(one ? "textarea" : "input")
  if (one) input.rows = component.data.lines
  else input.type = "text"
  input.id = "words"
  input.setAttribute("aria-describedby", "hint status")
  root.querySelector(".field").replaceChildren(input)
  forgetOld()
  const box = { root, input, tries: 0, pushed: 0 }
  input.oninput = () => {
    box.kept.text = input.value
    keep(box.key, box.kept)
    say(box, input.value ? "Not sent yet; kept on this device." : "")
  }
  input.onkeydown = (event) => {
    const sends = event.key === "Enter" && !event.shiftKey && (!one || event.ctrlKey || event.metaKey)
    if (sends && box.data.choices.length === 1) {
      event.preventDefault()
      sendNow(box, box.data.choices[0].value)
    }
  }
  root.addEventListener("focusout", (event) => hide(box, event.relatedTarget))
  // Counted from the last time it was sent: whatever a page sends ends the run that a press before it began.
  box.timer = setInterval(() => {
    if (box.kept.outbox.length && Date.now() - box.pushed >= AGAIN_MS) push(box)
  }, LOOK_MS)
  return box
}

export default function (component) {
  const { data, parentElement, setStateValue } = component
  if (!data) return
  const box = boxes.get(parentElement) ?? open(component)
  boxes.set(parentElement, box)
  box.data = data
  box.send = setStateValue
  const key = PREFIX + data.store
  const moved = box.key !== key
  if (moved) {
    box.key = key
    box.kept = { text: "", outbox: [], ...read(key) }
    box.input.value = box.kept.text
    say(box, box.kept.text ? "Found on this device, not sent yet." : "")
  }
  box.root.querySelector("label").textContent = data.label
  box.root.querySelector("label").dataset.shown = data.label_shown
  box.root.querySelector(".hint").textContent = data.hint
  box.input.placeholder = data.placeholder
  box.input.maxLength = data.most
  drawButtons(box)
  settle(box)
  hide(box, box.root.getRootNode().activeElement)
  if (moved) push(box)
  return () => {
    clearInterval(box.timer)
    boxes.delete(parentElement)
  }
}
