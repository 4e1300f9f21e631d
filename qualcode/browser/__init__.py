"""The desk in a browser: a web server on the loopback address, and a desk in a process of its own for each page.

    gate.py      who is let in: the token in the address, the cookie, where a request may come from
    server.py    `serve(desk, port, ready)`: routes and headers, from the open port to the last desk ended
    process.py   one desk: keys from the page to it, its screen back to the page
    page.*       the page; what draws in it comes from textual-serve's files, and no font or script from elsewhere

textual-serve's own server is not used: it lets everybody in, lists its folder, and its page fetches a font from the
network. Of it come the terminal that draws (xterm.js, bundled) and the messages that terminal speaks.
"""
