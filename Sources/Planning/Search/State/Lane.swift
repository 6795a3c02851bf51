/// Storage of a fixed number of trivial elements without bounds checks, for the search's inner
/// loop; it frees itself.
struct Lane<Element: BitwiseCopyable>: ~Copyable {
    private let base: UnsafeMutablePointer<Element>
    let count: Int

    init(repeating element: Element, count: Int) {
        base = .allocate(capacity: max(1, count))
        base.initialize(repeating: element, count: count)
        self.count = count
    }

    init(_ elements: [Element]) {
        base = .allocate(capacity: max(1, elements.count))
        for (index, element) in elements.enumerated() {
            (base + index).initialize(to: element)
        }
        count = elements.count
    }

    deinit {
        base.deallocate()
    }

    @inline(__always)
    subscript(index: Int) -> Element {
        get { base[index] }
        nonmutating set { base[index] = newValue }
    }

    /// The elements as an array.
    var elements: [Element] { prefix(count) }

    /// The first `count` elements as an array.
    func prefix(_ count: Int) -> [Element] {
        Array(UnsafeBufferPointer(start: base, count: count))
    }

    /// Takes over the elements of an array of the same length.
    func assign(_ elements: [Element]) {
        precondition(elements.count == count)
        for (index, element) in elements.enumerated() { base[index] = element }
    }
}
