// The countdown of a meeting's step. It runs here, so that the server is not asked every second; each
// rerun of the page brings how many seconds are left, which sets it right on every device.
const clocks = new WeakMap()

const words = (seconds) => {
  const whole = Math.abs(seconds)
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`
}

const tick = (state) => {
  const left = Math.round((state.deadline - Date.now()) / 1000)
  const { root } = state
  root.querySelector(".left").textContent = left >= 0 ? words(left) : `+${words(left)}`
  root.querySelector(".unit").textContent = left >= 0 ? "left" : "over time"
  root.querySelector(".clock").dataset.state = left < 0 ? "over" : left <= 30 ? "soon" : "running"
  const share = Math.min(1, Math.max(0, 1 - left / state.seconds))
  const bar = root.querySelector(".segment[data-state=shown] .fill")
  if (bar) bar.style.width = `${100 * share}%`
  // Said aloud twice in a step and no more often.
  const said = left <= 0 ? "Time is up for this step." : left <= 60 ? "One minute left." : ""
  if (said !== state.said && (said || left > 60)) {
    root.querySelector(".said").textContent = said
    state.said = said
  }
}

const drawSegments = (root, segments) => {
  const track = root.querySelector(".track")
  track.replaceChildren(
    ...segments.map((segment) => {
      const part = document.createElement("span")
      part.className = "segment"
      part.dataset.state = segment.state
      part.style.flexGrow = segment.minutes
      part.title = `${segment.title}, ${segment.minutes} min`
      const fill = document.createElement("span")
      fill.className = "fill"
      part.append(fill)
      return part
    }),
  )
}

export default function (component) {
  const { data, parentElement } = component
  const root = parentElement.querySelector(".plc-clock")
  if (!root || !data) return
  const state = clocks.get(parentElement) ?? { said: "" }
  state.root = root
  state.deadline = Date.now() + 1000 * data.seconds_left
  state.seconds = Math.max(1, data.seconds)
  root.querySelector(".place").textContent = data.place
  root.querySelector(".title").textContent = data.title
  root.querySelector(".next").textContent = data.next
  root.querySelector(".clock").setAttribute("aria-label", data.label)
  drawSegments(root, data.segments)
  if (!state.timer) state.timer = setInterval(() => tick(state), 250)
  clocks.set(parentElement, state)
  tick(state)
  return () => {
    clearInterval(state.timer)
    clocks.delete(parentElement)
  }
}
