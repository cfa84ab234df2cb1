"""A serial line as two serial servers carry it over TCP: a pseudo terminal at each end, and between
them a TCP connection on the loopback interface that takes bytes as they come."""

import os
import pty
import socket
import threading
import tty


class Line:
    """Paths of the two serial ports: of the side that connects, and of the side that listens."""

    def __init__(self, port):
        with socket.create_server(("127.0.0.1", port)) as server:
            near = socket.create_connection(server.getsockname())
            far, _ = server.accept()
        self.sockets, self.masters, self.slaves, self.paths = (near, far), [], [], []
        for one in self.sockets:
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            # The open end keeps the terminal alive until a station takes it, and after it left.
            master, slave = pty.openpty()
            tty.setraw(slave)
            self.masters.append(master)
            self.slaves.append(slave)
            self.paths.append(os.ttyname(slave))
            threading.Thread(target=self._out, args=(master, one), daemon=True).start()
            threading.Thread(target=self._in, args=(one, master), daemon=True).start()

    @staticmethod
    def _out(master, one):
        try:
            while data := os.read(master, 4096):
                one.sendall(data)
        except OSError:
            pass

    @staticmethod
    def _in(one, master):
        try:
            while data := one.recv(4096):
                os.write(master, data)
        except OSError:
            pass

    def close(self):
        for one in self.sockets:
            one.shutdown(socket.SHUT_RDWR)
            one.close()
